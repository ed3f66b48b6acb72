/**
 * A mail server that takes everything and counts: each Message-ID, how often. A child process with an IPC channel: tells
 * its port; answers any message with the counts since the last one and one mail as it came.
 */
import { createServer } from 'node:net';

let seen = new Map();
let sample = '';

const server = createServer((socket) => {
  let rest = '';
  let inData = false;
  socket.setNoDelay(true);
  socket.on('error', () => undefined);
  socket.write('220 sink.example.org ESMTP\r\n');
  socket.on('data', (chunk) => {
    rest += chunk.toString('latin1');
    for (;;) {
      const end = rest.indexOf(inData ? '\r\n.\r\n' : '\r\n');
      if (end < 0) return;
      const piece = rest.slice(0, end);
      rest = rest.slice(end + (inData ? 5 : 2));
      if (inData) take(piece);
      socket.write(inData ? '250 2.0.0 taken\r\n' : answer(piece.slice(0, 4).toUpperCase()));
      inData = !inData && /^DATA/i.test(piece);
    }
  });
});

function answer(verb) {
  if (verb === 'EHLO') return '250-sink.example.org\r\n250-8BITMIME\r\n250 SMTPUTF8\r\n';
  if (verb === 'DATA') return '354 go ahead\r\n';
  return verb === 'QUIT' ? '221 bye\r\n' : '250 2.0.0 ok\r\n';
}

function take(mail) {
  const [, id = ''] = /^message-id:\s*(\S+)/im.exec(mail) ?? [];
  seen.set(id, (seen.get(id) ?? 0) + 1);
  sample = mail;
}

server.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }));
process.on('message', () => {
  process.send({ seen: [...seen], sample });
  seen = new Map();
});
process.on('disconnect', () => process.exit(0));
