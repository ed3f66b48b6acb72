/**
 * How many bearers the commonest names have among a hundred people of the countries where they are common, so that in
 * a short list too "Maria Garcia" proves less than a rare name. Rough on purpose: only the order of magnitude counts.
 */
const PERCENT: [number, string][] = [
  [
    2,
    'mohammed mohamed muhammad maria jose wang li zhang nguyen kim singh kumar smith garcia khan ahmed ali patel anna michael',
  ],
  [
    1,
    'john james robert david thomas peter daniel christian andreas stefan martin alexander paul mark marc sarah sara laura ' +
      'julia lisa jennifer elizabeth mary patricia linda susan jessica emma sophie marie jean pierre philippe nathalie ' +
      'carlos juan luis antonio manuel francisco ana carmen giuseppe marco andrea giulia joao pedro paulo wei fang min jing ' +
      'johnson williams brown jones davis miller wilson anderson taylor muller schmidt schneider fischer weber meyer ' +
      'martinez rodriguez lopez gonzalez hernandez perez sanchez fernandez silva santos oliveira souza martin bernard dubois ' +
      'rossi russo ferrari lee park choi chen liu yang huang zhao wu zhou tran le pham hansen johansson andersson jensen ' +
      'nielsen olsen de jong jansen kowalski nowak ivanov popov sharma gupta das roy islam hussain rahman tanaka sato suzuki',
  ],
  [
    0.5,
    'william richard charles joseph matthew anthony steven andrew kevin brian george edward jason jeffrey ryan jacob nicholas ' +
      'eric jonathan stephen larry justin scott brandon benjamin samuel gregory frank patrick jack dennis jerry tyler aaron henry ' +
      'adam nathan zachary oliver harry charlie noah liam luca leon max lukas tim jan felix florian tobias sebastian matthias ' +
      'markus klaus hans wolfgang jurgen monika sabine petra claudia susanne katharina christina kathrin nicole sandra ' +
      'barbara karen nancy margaret betty ashley kimberly emily donna michelle carol amanda melissa deborah stephanie rebecca ' +
      'sharon cynthia kathleen amy angela shirley brenda pamela katherine christine samantha hannah olivia isabella mia ' +
      'sofia lucia elena paula marta alice chloe camille thomson thompson white harris clark lewis robinson walker young allen ' +
      'king wright scott torres hill green adams nelson baker hall campbell mitchell carter roberts evans edwards wagner becker ' +
      'schulz hoffmann koch bauer richter klein wolf schroder neumann schwarz zimmermann braun hofmann kruger gomez diaz ramirez ' +
      'cruz moreno munoz alvarez romero ruiz petit durand leroy moreau simon laurent bianchi romano colombo ricci costa pereira ' +
      'ferreira almeida murphy kelly obrien walsh visser bakker smit larsen nilsson eriksson karlsson berg begum yilmaz kaya demir',
  ],
];

const FREQUENCY = new Map<string, number>();
for (const [percent, names] of PERCENT) {
  for (const name of names.split(' ')) FREQUENCY.set(name, percent / 100);
}

/** The share of people with this given or family name, folded, where it is one of the commonest; else undefined. */
export function commonShare(name: string): number | undefined {
  return FREQUENCY.get(name);
}
