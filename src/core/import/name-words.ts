/** The words by which the parts of a name are told; folded, without their dots. */

const words = (text: string): Set<string> => new Set(text.split(' '));

export const PREFIXES = words(
  'dr prof professor mr mrs ms miss mx sir dame lord lady hon rev fr herr frau herrn dipl ing dipling mag monsieur madame mme mlle sr sra srta dott dottssa don dona dhr mevr univprof drmed drrernat mister doctor',
);
export const SUFFIXES = words(
  'phd md mba ma msc ms bsc bs ba jd llm llb dds rn cpa cfa cissp cism cisa pmp pe esq jr sr ii iii iv v mph mpp edd dphil mphil beng meng mres cipp oscp csm mbe obe frs frcp pa csp shrmcp phr sphr mcse ccie ccna cipm cippe ceh crisc dba dvm',
);
export const PARTICLES = words(
  'van von vom zu zum zur der den de del della dello di da dal das do dos du des la le las los el al bin ibn ben bint abu ter ten te af av st',
);
export const COMPANY =
  /(?:^|[\s.,&(-])(?:gmbh|mbh|ag|kg|kgaa|ohg|e\.?v|inc|llc|llp|lp|ltd|limited|corp|corporation|company|co|plc|s\.?a|s\.?a\.?r\.?l|s\.?r\.?l|s\.?p\.?a|b\.?v|n\.?v|oy|ab|as|aps|pty|pte|group|holding|holdings|solutions|technologies|consulting|software|systems|labs|university|universit[aä]t|institute|foundation|association|bank|department|team)\.?(?=$|[\s,)&-])/iu;
export const PLACEHOLDERS = words(
  'test tester testing info team office admin linkedin member unknown anonymous guest attendee visitor user contact nobody none null undefined na tbd tba sales support hello customer speaker staff name vorname private hidden owner noreply',
);
export const INITIAL = /^\p{L}\p{M}*\.?$|^(?:\p{L}\.-?){2,}$/u;
/** Family names that are hardly ever given names, of people whose family name may stand first. */
export const FAMILY_FIRST = words(
  'nguyen tran pham hoang huynh phan vu vo bui ngo duong wang zhang chen yang huang zhao zhou wu xu zhu liu cheng zheng xie tang deng feng cao peng zeng xiao choi jeong hwang',
);
