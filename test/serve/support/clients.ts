import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export interface TalkOptions {
  readonly host?: string;
  readonly send?: string;
}

/** Connects, says something, and resolves to everything the server said before it closed. */
export async function talk(port: number, { host = '127.0.0.1', send }: TalkOptions = {}): Promise<string> {
  const socket = connect({ port, host });
  if (send !== undefined) socket.write(send);
  return await readAll(socket);
}

/** Everything that comes before the end; a reset counts as the end. */
export async function readAll(socket: Socket): Promise<string> {
  if (socket.destroyed) return '';
  let text = '';
  socket.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  const ended = new Promise((resolve) => socket.once('close', resolve));
  socket.on('error', () => undefined);
  await ended;
  return text;
}

/** An open connection. */
export async function open(port: number, host = '127.0.0.1'): Promise<Socket> {
  const socket = connect({ port, host });
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  return socket;
}

/** A port that nobody uses at the moment, for a configuration that cannot say "any". */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Sends datagrams from one socket and resolves to as many answers. */
export async function askDatagrams(port: number, messages: readonly string[]): Promise<string[]> {
  const socket = createSocket('udp4');
  const answers: string[] = [];
  const answered = new Promise<void>((resolve) => {
    socket.on('message', (data) => {
      if (answers.push(data.toString()) === messages.length) resolve();
    });
  });
  for (const message of messages) socket.send(message, port, '127.0.0.1');
  await answered;
  socket.close();
  return answers;
}

/** Sends one datagram and waits for nothing. */
export async function sendDatagram(port: number, message: string): Promise<void> {
  const socket = createSocket('udp4');
  await new Promise<void>((resolve) => socket.send(message, port, '127.0.0.1', () => socket.close(resolve)));
}
