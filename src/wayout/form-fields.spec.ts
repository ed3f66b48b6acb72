import { formFields } from './form-fields.js';

const MULTIPART = [
  '--xyz',
  'Content-Disposition: form-data; name="List-Unsubscribe"',
  '',
  'One-Click',
  '--xyz',
  'Content-Type: text/plain',
  'content-disposition: form-data; name=choice',
  '',
  'never',
  '--xyz--',
  '',
].join('\r\n');

describe('a posted form', () => {
  it.each([
    ['application/x-www-form-urlencoded', 'List-Unsubscribe=One-Click&choice=never\r\n'],
    ['', 'choice=never&List-Unsubscribe=One%2DClick'],
    ['multipart/form-data; boundary=xyz', MULTIPART],
    ['Multipart/Form-Data; charset=utf-8; boundary="xyz"', `preamble\r\n${MULTIPART}epilogue`],
  ])('as %s', (type, body) => {
    expect(Object.fromEntries(formFields(type, body))).toEqual({
      'List-Unsubscribe': 'One-Click',
      choice: 'never',
    });
  });

  it('keeps the first of a field named twice, and finds nothing in what is none', () => {
    expect(formFields('', 'choice=never&choice=less-often').get('choice')).toBe('never');
    expect(formFields('multipart/form-data; boundary=abc', MULTIPART).size).toBe(0);
    expect(formFields('multipart/form-data', MULTIPART).get('choice')).toBeUndefined();
    expect(formFields('', '').size).toBe(0);
  });
});
