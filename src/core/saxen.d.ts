/** The part of saxen that we use; the package brings no types. */
declare module 'saxen' {
  type Decode = (text: string) => string;

  export class Parser {
    on(
      name: 'openTag',
      heard: (element: string, attributes: () => Record<string, string>, decode: Decode) => void,
    ): this;
    on(name: 'closeTag', heard: (element: string) => void): this;
    on(name: 'text', heard: (text: string, decode: Decode) => void): this;
    on(name: 'cdata', heard: (text: string) => void): this;
    on(name: 'error' | 'warn', heard: (error: Error) => void): this;
    parse(xml: string): void;
    stop(): void;
  }
}
