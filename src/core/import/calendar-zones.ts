/** Names of zones as calendars write them -> IANA. */
import { zoneName } from './regions.js';

/** Microsoft's names of zones and the zone that CLDR gives for each, where conferences are held. */
const WINDOWS = `
Dateline Standard Time=Etc/GMT+12|Hawaiian Standard Time=Pacific/Honolulu|Alaskan Standard Time=America/Anchorage|
Pacific Standard Time=America/Los_Angeles|US Mountain Standard Time=America/Phoenix|Mountain Standard Time=America/Denver|
Central Standard Time=America/Chicago|Central America Standard Time=America/Guatemala|Canada Central Standard Time=America/Regina|
Central Standard Time (Mexico)=America/Mexico_City|Eastern Standard Time=America/New_York|US Eastern Standard Time=America/Indiana/Indianapolis|
SA Pacific Standard Time=America/Bogota|Atlantic Standard Time=America/Halifax|SA Western Standard Time=America/La_Paz|
Pacific SA Standard Time=America/Santiago|Newfoundland Standard Time=America/St_Johns|E. South America Standard Time=America/Sao_Paulo|
Argentina Standard Time=America/Argentina/Buenos_Aires|SA Eastern Standard Time=America/Cayenne|Montevideo Standard Time=America/Montevideo|
Azores Standard Time=Atlantic/Azores|GMT Standard Time=Europe/London|Greenwich Standard Time=Atlantic/Reykjavik|
Morocco Standard Time=Africa/Casablanca|W. Europe Standard Time=Europe/Berlin|Central Europe Standard Time=Europe/Budapest|
Romance Standard Time=Europe/Paris|Central European Standard Time=Europe/Warsaw|W. Central Africa Standard Time=Africa/Lagos|
GTB Standard Time=Europe/Bucharest|Middle East Standard Time=Asia/Beirut|Egypt Standard Time=Africa/Cairo|E. Europe Standard Time=Europe/Chisinau|
South Africa Standard Time=Africa/Johannesburg|FLE Standard Time=Europe/Kiev|Israel Standard Time=Asia/Jerusalem|Jordan Standard Time=Asia/Amman|
Turkey Standard Time=Europe/Istanbul|Arabic Standard Time=Asia/Baghdad|Arab Standard Time=Asia/Riyadh|Belarus Standard Time=Europe/Minsk|
Russian Standard Time=Europe/Moscow|E. Africa Standard Time=Africa/Nairobi|Iran Standard Time=Asia/Tehran|Arabian Standard Time=Asia/Dubai|
Georgian Standard Time=Asia/Tbilisi|Caucasus Standard Time=Asia/Yerevan|Pakistan Standard Time=Asia/Karachi|West Asia Standard Time=Asia/Tashkent|
India Standard Time=Asia/Kolkata|Sri Lanka Standard Time=Asia/Colombo|Nepal Standard Time=Asia/Kathmandu|Bangladesh Standard Time=Asia/Dhaka|
SE Asia Standard Time=Asia/Bangkok|China Standard Time=Asia/Shanghai|Singapore Standard Time=Asia/Singapore|Taipei Standard Time=Asia/Taipei|
W. Australia Standard Time=Australia/Perth|Tokyo Standard Time=Asia/Tokyo|Korea Standard Time=Asia/Seoul|Cen. Australia Standard Time=Australia/Adelaide|
AUS Central Standard Time=Australia/Darwin|E. Australia Standard Time=Australia/Brisbane|AUS Eastern Standard Time=Australia/Sydney|
Tasmania Standard Time=Australia/Hobart|New Zealand Standard Time=Pacific/Auckland`;

const byWindowsName = new Map(
  WINDOWS.replace(/\n/g, '')
    .split('|')
    .map((pair) => pair.split('=') as [string, string]),
);

/** A TZID: an IANA zone, one behind a prefix ("/mozilla.org/20050126_1/Europe/Berlin"), or Microsoft's name of one. */
export function calendarZone(tzid: string): string | undefined {
  const text = tzid.trim().replace(/^"|"$/g, '');
  const tail = /[A-Z][A-Za-z]+(?:\/[A-Z][A-Za-z_+-]*){1,2}$/.exec(text)?.[0] ?? '';
  return zoneName(text) ?? zoneName(byWindowsName.get(text) ?? '') ?? zoneName(tail);
}
