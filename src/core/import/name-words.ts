/** The words by which the parts of a name are told; folded, without their dots. */

const words = (text: string): Set<string> => new Set(text.split(' '));

export const PREFIXES = words(
  'dr prof professor mr mrs ms miss mx sir dame lord lady hon rev fr herr frau herrn dipl ing dipling mag monsieur madame mme mlle sr sra srta dott dottssa don dona dhr mevr univprof drmed drrernat mister doctor ' +
    'dra drs ir arq lic abg engr mgr bc rndr mudr phdr judr mvdr paeddr thdr inz sheikh shaikh rabbi datuk dato datin ' +
    'fru signor signora signorina senor senora maitre capt cpt sgt cmdr dres dring drphil drjur driur drrerpol drhabil ' +
    'drhc profdr diplkfm diplkffr diplinf diplpsych diplphys diplvolksw dipljur diplchem diplbiol diplmath diplwirtsching bsc msc',
);
/** Titles only with their dot: without it they are names. */
export const DOTTED_PREFIXES = words('sig me doc col gen maj hr lt sen rep gov adm pan bay pr');
export const SUFFIXES = words(
  'phd md mba ma msc ms bsc bs ba jd llm llb dds rn cpa cfa cissp cism cisa pmp pe esq jr sr ii iii iv v mph mpp edd dphil mphil beng meng mres cipp oscp csm mbe obe frs frcp pa csp shrmcp phr sphr mcse ccie ccna cipm cippe ceh crisc dba dvm ' +
    'facs faan frcs dnp np crna lcsw mha mhs mfa msw mla mlis msn bsn bba bcom bfa llb psyd pharmd dsc jnr snr junior ' +
    'pmiacp cspo safe spc itil togaf cbap gphr sphri chfc clu cfp aicp mrics frsa fca aca acca cima cgma frm caia cia ' +
    'cgeit ccsp ccsk gsec gcih cciso hons kc qc mp mep emba magister dipl bdes mdes marcom cmo shrmscp aphr cpo psm psmi ' +
    'pspo ces cmp cae des cem dmcp',
);
export const PARTICLES = words(
  'van von vom zu zum zur der den de del della dello di da dal das do dos du des la le las los el al bin ibn ben bint abu ter ten te af av st ' +
    'vander vanden dei degli dalla dalle delle zur vanderen binti binte bte ould',
);
/** Particles in small letters only: with a capital they are names. */
export const SMALL_PARTICLES = words('in t op am auf aan het bat bar til ap ua ni nic s');
/** Between two family names: "Ortega y Gasset". */
export const LINKS = words('y e i');
/** Family names of Spain and Spanish America, of which people bear two. */
export const DOUBLED = words(
  'garcia lopez perez gonzalez rodriguez fernandez martinez sanchez gomez martin jimenez ruiz hernandez diaz moreno ' +
    'munoz alvarez romero alonso gutierrez navarro torres dominguez vazquez ramos gil ramirez serrano blanco molina ' +
    'morales suarez ortega delgado castro ortiz rubio marin sanz nunez iglesias medina garrido cortes castillo santos ' +
    'lozano guerrero cano prieto mendez cruz calvo gallego vidal leon herrera marquez pena flores cabrera campos vega ' +
    'fuentes carrasco diez reyes caballero nieto aguilar pascual santana herrero lorenzo montero hidalgo gimenez ' +
    'ibanez ferrer duran vicente benitez mora santiago arias vargas carmona crespo roman pastor soto saez velasco ' +
    'moya soler parra esteban bravo gallardo rojas mendoza salazar guzman rivera aguirre contreras chavez figueroa',
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
