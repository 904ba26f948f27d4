/** One line of the command's result on stdout, as JSON: made for programs, readable enough for people. */
export function printResult(result: object): void {
  process.stdout.write(`${JSON.stringify(result)}\n`);
}

/** One line for people on stdout. */
export function printLine(line: string): void {
  process.stdout.write(`${line}\n`);
}
