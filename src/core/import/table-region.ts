/** The country of a table without a country column, where its states, provinces or postcodes tell. */
import { headerKey } from './columns.js';

const words = (text: string): Set<string> => new Set(text.split(' '));

/** States and provinces as they are shortened, and the form of the postcodes beside them. */
const COUNTRIES: { region: string; states: Set<string>; code: RegExp }[] = [
  {
    region: 'US',
    states: words(
      'AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA PR RI SC SD TN TX UT VT VA WA WV WI WY ' +
        'ALABAMA ALASKA ARIZONA ARKANSAS CALIFORNIA COLORADO CONNECTICUT DELAWARE FLORIDA GEORGIA HAWAII IDAHO ILLINOIS INDIANA IOWA KANSAS KENTUCKY LOUISIANA MAINE MARYLAND ' +
        'MASSACHUSETTS MICHIGAN MINNESOTA MISSISSIPPI MISSOURI MONTANA NEBRASKA NEVADA NEWHAMPSHIRE NEWJERSEY NEWMEXICO NEWYORK NORTHCAROLINA NORTHDAKOTA OHIO OKLAHOMA OREGON ' +
        'PENNSYLVANIA RHODEISLAND SOUTHCAROLINA SOUTHDAKOTA TENNESSEE TEXAS UTAH VERMONT VIRGINIA WASHINGTON WESTVIRGINIA WISCONSIN WYOMING DISTRICTOFCOLUMBIA',
    ),
    // A spreadsheet takes the zeros of New England away.
    code: /^\d{4,5}(?:-\d{4})?$/,
  },
  {
    region: 'CA',
    states: words(
      'AB BC MB NB NL NS NT NU ON PE QC SK YT ALBERTA BRITISHCOLUMBIA MANITOBA NEWBRUNSWICK NOVASCOTIA ONTARIO QUEBEC SASKATCHEWAN',
    ),
    code: /^[A-Z]\d[A-Z] ?\d[A-Z]\d$/i,
  },
  {
    region: 'AU',
    states: words(
      'NSW VIC QLD SA WA TAS NT ACT NEWSOUTHWALES VICTORIA QUEENSLAND SOUTHAUSTRALIA WESTERNAUSTRALIA TASMANIA',
    ),
    code: /^\d{3,4}$/,
  },
  {
    region: 'BR',
    states: words('AC AL AM AP BA CE DF ES GO MA MG MS MT PA PB PE PI PR RJ RN RO RR RS SC SE SP TO'),
    code: /^\d{5}-?\d{3}$/,
  },
];
const BRITISH_CODE = /^[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}$/i;

const STATE = /^(?:(?:home|work|business|company|mailing|billing|address\d?|contact|person)?(?:state|province|stateprovince|stateorprovince|stateregion)(?:code)?|uf|estado)$/; // prettier-ignore
const CODE = /^(?:(?:home|work|business|company|mailing|billing|address\d?|contact|person)?(?:zip|zipcode|zippostalcode|postal|postalcode|postcode|zippostcode|cep))$/; // prettier-ignore

/** Values that are enough where the postcodes do not confirm them. */
const ENOUGH = 3;

/**
 * Two letters of the country all rows are of; undefined where the columns do not tell. The codes of one country's states
 * are those of another's, so nine values in ten must fit, and either the postcodes or several states beside them.
 */
export function regionOfTable(header: readonly string[], rows: readonly string[][]): string | undefined {
  const keys = header.map(headerKey);
  const held = (pattern: RegExp): string[] => {
    const index = keys.findIndex((key) => pattern.test(key));
    return index < 0 ? [] : rows.map((row) => (row[index] ?? '').slice(0, 60).trim()).filter((value) => value !== ''); // prettier-ignore
  };
  const states = held(STATE).map((value) => headerKey(value).toUpperCase());
  const codes = held(CODE);
  const fit = (values: readonly string[], fits: (value: string) => boolean): boolean =>
    values.length > 0 && values.filter(fits).length >= values.length * 0.9;
  for (const country of COUNTRIES) {
    if (!fit(states, (value) => country.states.has(value))) continue;
    if (codes.length > 0 ? fit(codes, (value) => country.code.test(value)) : new Set(states).size >= ENOUGH)
      return country.region;
  }
  return codes.length >= ENOUGH && fit(codes, (value) => BRITISH_CODE.test(value)) ? 'GB' : undefined;
}
