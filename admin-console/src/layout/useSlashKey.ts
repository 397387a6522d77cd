import { useEffect } from 'react';

/** `/` goes to the search of the page, else to the one of the bar; never while someone writes (CON-14). */
export function useSlashKey(): void {
  useEffect(() => {
    function onKey(event: KeyboardEvent) {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || isWriting(event.target)) return;
      const fields = [...document.querySelectorAll<HTMLInputElement>('input[data-search]')];
      const field = fields.filter((each) => each.offsetParent !== null).at(-1);
      if (!field) return;
      event.preventDefault();
      field.focus();
      field.select();
    }
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}

function isWriting(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName);
}
