import { contentBottom, contentWidth, INK, type Doc } from './sheet.ts';

/** One cell of a form. `sign` leaves room for a hand: caption above, `foot` (a date line) below. */
export interface Cell {
  readonly text: string;
  readonly kind: 'label' | 'value' | 'sign';
  /** Columns it covers; 1 when absent. */
  readonly columns?: number;
  /** Rows it covers; 1 when absent. */
  readonly rows?: number;
  readonly align?: 'left' | 'center';
  readonly foot?: string;
}

export interface Row {
  /** Points. */
  readonly minHeight: number;
  readonly cells: readonly Cell[];
}

const PADDING = { x: 6, y: 5 } as const;
const TEXT_SIZE = 10.5;
const FOOT_SIZE = 9.5;

interface PlacedCell extends Cell {
  readonly row: number;
  readonly column: number;
}

export const label = (text: string, extent: { columns?: number; rows?: number } = {}): Cell => ({
  text,
  kind: 'label',
  ...extent,
});
export const value = (
  text: string,
  extent: { columns?: number; rows?: number; align?: 'left' | 'center' } = {},
): Cell => ({
  text,
  kind: 'value',
  ...extent,
});

/**
 * Draws a ruled form at the cursor over the whole width and leaves the cursor below it. `weights` are the relative
 * column widths. Rows grow with their text; rows tied together by a tall cell stay on one page.
 * @throws RangeError when such rows are taller than a page, or the cells do not fill the form.
 */
export function drawGrid(doc: Doc, weights: readonly number[], rows: readonly Row[]): void {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const widths = weights.map((weight) => (weight / total) * contentWidth(doc));
  const cells = placeCells(rows, weights.length);
  const heights = rows.map((row, index) =>
    rowHeight(
      doc,
      row,
      cells.filter((cell) => cell.row === index),
      widths,
    ),
  );
  for (const group of groups(rows.length, cells)) {
    const groupHeight = sum(heights.slice(group.from, group.to));
    if (doc.y + groupHeight > contentBottom(doc)) doc.addPage();
    if (doc.y + groupHeight > contentBottom(doc))
      throw new RangeError('a row of the form is taller than a page');
    const top = doc.y;
    for (const cell of cells.filter(({ row }) => row >= group.from && row < group.to)) {
      const x = doc.page.margins.left + sum(widths.slice(0, cell.column));
      const y = top + sum(heights.slice(group.from, cell.row));
      const width = sum(widths.slice(cell.column, cell.column + (cell.columns ?? 1)));
      const height = sum(heights.slice(cell.row, cell.row + (cell.rows ?? 1)));
      drawCell(doc, cell, { x, y, width, height });
    }
    doc.x = doc.page.margins.left;
    doc.y = top + groupHeight;
  }
}

/** Finds each cell's column, stepping over cells that reach down from rows above. */
function placeCells(rows: readonly Row[], columnCount: number): PlacedCell[] {
  const taken = new Set<string>();
  const placed: PlacedCell[] = [];
  rows.forEach(({ cells }, row) => {
    let column = 0;
    for (const cell of cells) {
      while (taken.has(`${row}:${column}`)) column += 1;
      const { columns = 1, rows: down = 1 } = cell;
      if (column + columns > columnCount || row + down > rows.length) {
        throw new RangeError(`cell does not fit the form (row ${row}, column ${column})`);
      }
      for (let dy = 0; dy < down; dy += 1) {
        for (let dx = 0; dx < columns; dx += 1) taken.add(`${row + dy}:${column + dx}`);
      }
      placed.push({ ...cell, row, column });
      column += columns;
    }
  });
  if (taken.size !== rows.length * columnCount) throw new RangeError('the form has an unruled gap');
  return placed;
}

function rowHeight(doc: Doc, row: Row, cells: readonly PlacedCell[], widths: readonly number[]): number {
  const needed = cells
    .filter((cell) => (cell.rows ?? 1) === 1)
    .map((cell) => {
      const width = sum(widths.slice(cell.column, cell.column + (cell.columns ?? 1))) - 2 * PADDING.x;
      return heightOf(doc, cell, width) + 2 * PADDING.y + (cell.foot === undefined ? 0 : FOOT_SIZE * 1.6);
    });
  return Math.max(row.minHeight, ...needed);
}

function groups(rowCount: number, cells: readonly PlacedCell[]): { from: number; to: number }[] {
  const found: { from: number; to: number }[] = [];
  let from = 0;
  while (from < rowCount) {
    let to = from + 1;
    for (let row = from; row < to; row += 1) {
      for (const cell of cells) if (cell.row === row) to = Math.max(to, row + (cell.rows ?? 1));
    }
    found.push({ from, to });
    from = to;
  }
  return found;
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

function drawCell(doc: Doc, cell: Cell, { x, y, width, height }: Box): void {
  doc.lineWidth(0.6).strokeColor(INK).rect(x, y, width, height).stroke();
  const inner = width - 2 * PADDING.x;
  const align = cell.align ?? (cell.kind === 'label' ? 'center' : 'left');
  const textHeight = heightOf(doc, cell, inner);
  const textTop = cell.kind === 'sign' ? y + PADDING.y : y + Math.max(PADDING.y, (height - textHeight) / 2);
  doc.y = textTop;
  // Line by line: centring a text with line ends in it shifts all lines but the last.
  for (const line of cell.text === '' ? [] : cell.text.split('\n')) {
    doc.text(line, x + PADDING.x, doc.y, { width: inner, align, lineGap: 1 });
  }
  if (cell.foot !== undefined) {
    doc.font('regular').fontSize(FOOT_SIZE);
    doc.text(cell.foot, x + PADDING.x, y + height - PADDING.y - FOOT_SIZE * 1.45, {
      width: inner,
      align: 'right',
      lineBreak: false,
    });
  }
}

/** Height of the text, counted line by line as it is drawn. */
function heightOf(doc: Doc, cell: Cell, width: number): number {
  useFont(doc, cell);
  return sum(cell.text.split('\n').map((line) => doc.heightOfString(line, { width, lineGap: 1 })));
}

function useFont(doc: Doc, cell: Cell): Doc {
  return doc
    .font('regular')
    .fontSize(TEXT_SIZE)
    .fillColor(cell.kind === 'label' ? '#222222' : INK);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
