/** A row of a CSV file with the number of the line it begins in. */
export interface CsvRow {
  readonly line: number;
  readonly fields: readonly string[];
}

/**
 * Rows of comma-separated values (RFC 4180): fields in quotes may hold separators, line breaks and doubled quotes. A first
 * line with more semicolons than commas makes semicolons the separator, as spreadsheets of half of Europe write them. Empty
 * lines are left out.
 */
export function parseCsv(text: string): CsvRow[] {
  const content = text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  const [first = ''] = content.split('\n', 1);
  const separator = first.split(';').length > first.split(',').length ? ';' : ',';
  const rows: CsvRow[] = [];
  let fields: string[] = [];
  let field = '';
  let quoted = false;
  let line = 1;
  let begun = 1;
  const endRow = (): void => {
    fields.push(field.trim());
    if (fields.some((value) => value !== '')) rows.push({ line: begun, fields });
    fields = [];
    field = '';
    begun = line;
  };
  for (let at = 0; at < content.length; at += 1) {
    const letter = content[at] ?? '';
    if (letter === '\n') line += 1;
    if (quoted) {
      if (letter !== '"') field += letter;
      else if (content[at + 1] === '"') {
        field += letter;
        at += 1;
      } else quoted = false;
    } else if (letter === '"' && field.trim() === '') {
      quoted = true;
      field = '';
    } else if (letter === separator) {
      fields.push(field.trim());
      field = '';
    } else if (letter === '\n') endRow();
    else field += letter;
  }
  endRow();
  return rows;
}
