const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

function twoDigits(value: number, fill: string): string {
  return value < 10 ? `${fill}${value}` : `${value}`;
}

function timeOfDay(date: Date): string {
  return `${twoDigits(date.getHours(), '0')}:${twoDigits(date.getMinutes(), '0')}:${twoDigits(date.getSeconds(), '0')}`;
}

/** `26/11/3@09:05:00`: local time as xinetd writes it into files, year of two digits, month and day unpadded. */
export function fileTimestamp(milliseconds: number): string {
  const date = new Date(milliseconds);
  const year = twoDigits(date.getFullYear() % 100, '0');
  return `${year}/${date.getMonth() + 1}/${date.getDate()}@${timeOfDay(date)}`;
}

/** `Nov  3 09:05:00`: local time of a syslog datagram (RFC 3164, section 4.1.2). */
export function syslogTimestamp(milliseconds: number): string {
  const date = new Date(milliseconds);
  return `${months[date.getMonth()]} ${twoDigits(date.getDate(), ' ')} ${timeOfDay(date)}`;
}
