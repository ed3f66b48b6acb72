import { personOf, planColumns } from './table-people.js';
import type { MatchPerson } from './person.js';

function read(text: string): MatchPerson[] {
  const [header = [], ...rows] = text.trim().split('\n').map((line) => line.split(',').map((cell) => cell.trim())); // prettier-ignore
  const plan = planColumns(header, rows);
  if (plan.kind === 'refused') throw new Error(plan.reason);
  return rows.map((cells, index) => personOf(plan, cells, index + 2));
}

describe('people of any table', () => {
  it('the columns of a register', () => {
    const [one] = read(`
rec_id, given_name, surname, street_number, address_1, address_2, suburb, postcode, state, date_of_birth, soc_sec_id
rec-1-org, tarelin, dovenbruck, 6, amsel street, the willows, husum, 4011, wa, 19081209, 6988048
rec-1-dup-0, tarelin, dovenbruck, , , , , , , 19083109, `);
    expect(one).toEqual({
      id: 'rec-1-org',
      given: 'tarelin',
      family: 'dovenbruck',
      number: '6',
      street: 'amsel street',
      street2: 'the willows',
      city: 'husum',
      postcode: '4011',
      state: 'wa',
      birthday: '1908-12-09',
      ids: ['id10:6988048'],
    });
  });

  it('an age beside the name', () => {
    expect(read('name,age\nJane Doe,51\nJohn Doe,')).toMatchObject([{ age: '51' }, { id: '3' }]);
  });

  it('a birthday that is none is kept, to be compared as it stands', () => {
    const people = read('id,name,dob\n1,Jane Doe,19083109\n2,John Doe,19080101');
    expect(people.map(({ birthday }) => birthday)).toEqual(['1908-31-09', '1908-01-01']);
  });

  it.each([
    ['15/03/1985', '1985-03-15'],
    ['1985-03-15', '1985-03-15'],
    ['15.03.1985', '1985-03-15'],
    ['15031985', '1985-03-15'],
    ['15 March 1985', '1985-03-15'],
  ])('%s is a birthday', (text, expected) => {
    expect(read(`name,birthdate\nJane Doe,${text}`)[0]?.birthday).toBe(expected);
  });

  it('year, month and day in columns of their own', () => {
    expect(read('fname_c1,lname_c1,by,bm,bd\nJane,Doe,1949,7,22')[0]).toMatchObject({ given: 'Jane', family: 'Doe', birthday: '1949-07-22' }); // prettier-ignore
  });

  it('records are named by their line where no column does, or says one name twice', () => {
    expect(read('name,city\nJane Doe,Kiel\nJohn Doe,Kiel').map(({ id }) => id)).toEqual(['2', '3']);
    expect(read('id,name\n7,Jane Doe\n7,John Doe').map(({ id }) => id)).toEqual(['2', '3']);
  });

  it('a column of the answer, a counter, or one that says the name again is left out', () => {
    const rows = ['Jane,Doe,Jane Doe!,a1,1', 'John,Roe,John Roe!,a1,2', 'Lena,Kessler,Lena Kessler!,a2,3'];
    const people = read(`first name,last name,badge text,cluster,counter\n${rows.join('\n')}`);
    expect(people.every(({ more, ids }) => more === undefined && ids === undefined)).toBe(true);
  });

  it('an unknown column is weak evidence; addresses and dates are known by what they look like', () => {
    const people = read('name,favourite dish,contact point\nJane Doe,soup,jane@example.org\nJohn Doe,rice,john@example.org'); // prettier-ignore
    expect(people[0]).toMatchObject({ full: 'Jane Doe', more: { favouritedish: 'soup' }, emails: ['jane@example.org'] }); // prettier-ignore
  });

  it('a table without people is refused', () => {
    expect(planColumns(['x'], [['1'], ['2']])).toMatchObject({ kind: 'refused' });
  });
});
