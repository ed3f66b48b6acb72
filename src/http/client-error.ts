import type { Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { AppError, type Problem } from './errors.js';
import { PROBLEM_TYPE, problemOf } from './problem.js';

/** What Node's parser refuses before there is a request: headers beyond 16 KB (RFC 6585, 431), broken HTTP, silence. */
export function answerClientErrors(server: Server): void {
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Duplex) => {
    if (error.code === 'ECONNRESET' || !socket.writable) {
      socket.destroy();
      return;
    }
    const problem = problemFor(error.code ?? '');
    const body = JSON.stringify(problem);
    socket.end(
      `HTTP/1.1 ${problem.status} ${problem.title}\r\nConnection: close\r\nContent-Type: ${PROBLEM_TYPE}\r\n` +
        `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    );
    // Closing with unread input resets the connection, and the answer may be lost with it.
    socket.resume();
    setTimeout(() => socket.destroy(), 2_000).unref();
  });
}

function problemFor(code: string): Problem {
  const problem = (status: number, title: string, detail: string): Problem => ({
    ...problemOf(new AppError('invalid', detail), ''),
    title,
    status,
  });
  if (code === 'HPE_HEADER_OVERFLOW') {
    return problem(
      431,
      'Request Header Fields Too Large',
      'The headers, or the address with its query, are larger than 16 KB.',
    );
  }
  return code === 'ERR_HTTP_REQUEST_TIMEOUT'
    ? problem(408, 'Request Timeout', 'The request did not come to its end in time.')
    : problem(400, 'Bad Request', 'This is not well-formed HTTP.');
}
