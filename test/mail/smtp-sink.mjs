/**
 * A receiving mail server in a process of its own, for tests that kill the sender.
 *
 *   node test/mail/smtp-sink.mjs <log file> [delay in ms before the 250]
 *
 * Prints {"port":N} when ready. For each message whose final dot was seen it appends one JSON line to the log,
 * synchronously and before the delay: {"messageId","to","at"}. What stands in the log was received, whether or not the
 * sender lived to hear of it. Ends on SIGTERM.
 */
import { appendFileSync } from 'node:fs';
import { SMTPServer } from 'smtp-server';

const [log, delay = '0'] = process.argv.slice(2);
if (!log || !/^\d+$/.test(delay)) {
  process.stderr.write('usage: node smtp-sink.mjs <log file> [delay in ms]\n');
  process.exit(2);
}

const server = new SMTPServer({
  disabledCommands: ['AUTH', 'STARTTLS'],
  disableReverseLookup: true,
  logger: false,
  onData(stream, session, callback) {
    const chunks = [];
    stream.on('data', (chunk) => chunks.push(chunk));
    stream.once('end', () => {
      const [header] = Buffer.concat(chunks).toString('latin1').split('\r\n\r\n', 1);
      const [, messageId = ''] = /^message-id:\s*(\S+)/im.exec(header) ?? [];
      const to = session.envelope.rcptTo.map(({ address }) => address);
      appendFileSync(log, JSON.stringify({ messageId, to, at: new Date().toISOString() }) + '\n');
      setTimeout(() => callback(null, 'taken'), Number(delay));
    });
  },
});
// Senders are killed in the middle of a conversation here; that is no error of ours.
server.on('error', () => undefined);
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(JSON.stringify({ port: server.server.address().port }) + '\n');
});
process.on('SIGTERM', () => process.exit(0));
