import { once } from 'node:events';
import type { Socket } from 'node:net';
import { open } from './clients.ts';

/** How many connect at the same time: less than the queue of a listening socket holds. */
const batch = 100;

/**
 * Connects so many clients to a service that gives back what it gets, and resolves when each has its own words back: that many
 * servers run at the same time. Rejects when a client is let go without an answer.
 */
export async function openCrowd(port: number, size: number): Promise<Socket[]> {
  const sockets: Socket[] = [];
  while (sockets.length < size) {
    const next = Array.from({ length: Math.min(batch, size - sockets.length) }, () => open(port));
    sockets.push(...(await Promise.all(next)));
  }
  await Promise.all(sockets.map((socket, at) => isAnswered(socket, `client ${at}\n`)));
  return sockets;
}

/** Ends the clients, and with them their servers, in an order that is not the one in which they came. */
export async function endCrowd(sockets: readonly Socket[]): Promise<void> {
  const ends = sockets.map((socket) => once(socket, 'close'));
  for (const at of scrambled(sockets.length)) sockets[at]?.end();
  await Promise.all(ends);
}

async function isAnswered(socket: Socket, words: string): Promise<void> {
  socket.write(words);
  let answer = '';
  await new Promise<void>((resolve, reject) => {
    socket.setEncoding('utf8').on('data', (text: string) => {
      answer += text;
      if (answer === words) resolve();
    });
    socket.once('close', () => reject(new Error(`"${answer}" instead of "${words}"`)));
  });
}

/** The numbers below `count`, each once, the same way every time. */
function scrambled(count: number): number[] {
  const numbers = [...Array(count).keys()];
  let state = 1;
  for (let at = count - 1; at > 0; at--) {
    // The linear congruential generator of POSIX's rand.
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    const other = (state >>> 8) % (at + 1);
    [numbers[at], numbers[other]] = [numbers[other] ?? 0, numbers[at] ?? 0];
  }
  return numbers;
}
