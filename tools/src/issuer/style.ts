/** The style sheet of the issuer's pages; a file of its own for the browser, so that the pages need no inline style. */
export const styleSheet = `:root {
  color-scheme: light dark;
  --ground: #eef1f5; --card: #ffffff; --text: #16202c; --soft: #526173; --line: #8795a6; --faint: #dde3ea;
  --accent: #0b5d66; --on-accent: #ffffff; --focus: #0b7fd0; --problem: #a3152a; --problem-ground: #fdecef;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #0e141b; --card: #18212b; --text: #e8edf2; --soft: #a9b6c4; --line: #6b7a8b; --faint: #2b3743;
    --accent: #4fc3c9; --on-accent: #06262a; --focus: #7cc4ff; --problem: #ffb3bd; --problem-ground: #3a1a20;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 1.5rem 1rem;
  background: var(--ground); color: var(--text);
  font: 1rem/1.5 system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif;
}
main {
  width: 100%; max-width: 25rem; padding: 2rem; background: var(--card);
  border: 1px solid var(--faint); border-radius: 14px; box-shadow: 0 10px 30px rgb(10 20 40 / 8%);
}
.brand { display: flex; align-items: center; gap: .6rem; margin: 0 0 1.5rem; font-weight: 650; font-size: 1.05rem; }
h1 { margin: 0; font-size: 1.6rem; line-height: 1.2; letter-spacing: -.01em; }
h2 { margin: 0; font-size: .95rem; }
.lead { margin: .25rem 0 1.25rem; color: var(--soft); }
label { display: block; margin: 1rem 0 .3rem; font-weight: 600; font-size: .9rem; }
input:not([type='hidden']) {
  width: 100%; padding: .65rem .75rem; font: inherit; color: inherit; background: transparent;
  border: 1px solid var(--line); border-radius: 8px;
}
button {
  width: 100%; margin-top: 1.5rem; padding: .7rem 1rem; font: inherit; font-weight: 650; cursor: pointer;
  color: var(--on-accent); background: var(--accent); border: 0; border-radius: 8px;
}
button:hover { filter: brightness(1.08); }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; }
.problem { margin: 0; padding: .7rem .85rem; color: var(--problem); background: var(--problem-ground); border-radius: 8px; }
.demo { margin-top: 1.75rem; padding-top: 1.25rem; border-top: 1px solid var(--faint); font-size: .9rem; }
.demo p { margin: .25rem 0 .75rem; color: var(--soft); }
table { width: 100%; border-collapse: collapse; }
th, td { padding: .3rem 0; text-align: left; font-weight: 400; border-top: 1px solid var(--faint); }
thead th { border-top: 0; color: var(--soft); font-size: .8rem; }
code { font: .9em ui-monospace, SFMono-Regular, Consolas, monospace; }
`;
