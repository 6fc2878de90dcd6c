/** A page of our own: no script, no outside font, readable in light and dark. */
export function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>
:root { color-scheme: light dark; --ink: #1f2933; --soft: #5b6b7a; --line: #d9e0e6; --paper: #fff; --ground: #f5f7f9; --mark: #1b6b5a; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6ebf0; --soft: #9fb0bf; --line: #33404d; --paper: #1b232b; --ground: #12181e; --mark: #6cc7b1; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 16px/1.6 system-ui, "Noto Sans SC", "PingFang SC", "Microsoft YaHei", sans-serif; }
main { max-width: 60rem; margin: 0 auto; padding: 3rem 1.25rem; }
h1 { font-size: 2rem; line-height: 1.2; margin: 0 0 .25rem; }
h1 + p { color: var(--soft); margin: 0 0 2rem; }
a { color: var(--mark); }
.cards { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fill, minmax(17rem, 1fr)); padding: 0; list-style: none; }
.cards li { background: var(--paper); border: 1px solid var(--line); border-radius: .6rem; padding: 1rem 1.2rem; }
.cards a { font-weight: 600; text-decoration: none; }
.cards p { margin: .25rem 0 0; color: var(--soft); font-size: .92rem; }
pre { background: var(--paper); border: 1px solid var(--line); border-radius: .6rem; padding: 1rem; overflow-x: auto; font-size: .88rem; }
table { width: 100%; border-collapse: collapse; background: var(--paper); border: 1px solid var(--line); font-size: .92rem; }
th, td { text-align: left; vertical-align: top; padding: .5rem .75rem; border-bottom: 1px solid var(--line); }
td:first-child { overflow-wrap: anywhere; }
:target { background: color-mix(in srgb, var(--mark) 18%, transparent); }
</style>
</head>
<body><main>
${body}
</main></body>
</html>
`;
}

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (mark) => `&#${mark.charCodeAt(0)};`);
}
