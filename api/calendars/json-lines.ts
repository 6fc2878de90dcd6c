/** Finds the line, from 1, on which an entry of a list stands. */
export type LineFinder = (list: string, index: number) => number | undefined;

/**
 * Lines of the entries of a flat JSON object's lists of strings. A text of one line has none worth naming.
 * @param text JSON that has been read without fault
 */
export function linesInJson(text: string): LineFinder {
  if (!text.trim().includes('\n')) return () => undefined;
  return (list, index) => {
    const begin = new RegExp(`"${list}"\\s*:\\s*\\[`).exec(text);
    if (!begin) return undefined;
    const entries = /"(?:[^"\\]|\\.)*"|\]/g;
    entries.lastIndex = begin.index + begin[0].length;
    for (let at = 0, found = entries.exec(text); found && found[0] !== ']'; found = entries.exec(text)) {
      if (at === index) return text.slice(0, found.index).split('\n').length;
      at += 1;
    }
    return undefined;
  };
}
