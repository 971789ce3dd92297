const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

function twoDigits(value: number, fill: string): string {
  return value < 10 ? `${fill}${value}` : `${value}`;
}

function timeOfDay(date: Date): string {
  return `${twoDigits(date.getHours(), '0')}:${twoDigits(date.getMinutes(), '0')}:${twoDigits(date.getSeconds(), '0')}`;
}

/** `26/11/3@09:05:00`: local time as xinetd writes it into files, year of two digits, month and day unpadded. */
export const fileTimestamp = oncePerSecond((date) => {
  const year = twoDigits(date.getFullYear() % 100, '0');
  return `${year}/${date.getMonth() + 1}/${date.getDate()}@${timeOfDay(date)}`;
});

/** `Nov  3 09:05:00`: local time of a syslog datagram (RFC 3164, section 4.1.2). */
export const syslogTimestamp = oncePerSecond(
  (date) => `${months[date.getMonth()]} ${twoDigits(date.getDate(), ' ')} ${timeOfDay(date)}`,
);

/** Thousands of lines are written in the same second, of which all have the same text. */
function oncePerSecond(print: (date: Date) => string): (milliseconds: number) => string {
  let second = Number.NaN;
  let text = '';
  return (milliseconds) => {
    const now = Math.floor(milliseconds / 1000);
    if (now !== second) {
      second = now;
      text = print(new Date(milliseconds));
    }
    return text;
  };
}
