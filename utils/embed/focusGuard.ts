/**
 * Keeps the keyboard with the host: without a click in the frame, `focus()` has no effect there. Components of the
 * library focus themselves, so it is stopped where all of them end.
 */
export function guardFocus(): void {
  const original = Object.getOwnPropertyDescriptor(HTMLElement.prototype, 'focus')?.value
  if (typeof original !== 'function') return
  HTMLElement.prototype.focus = function (options?: FocusOptions): void {
    if (document.hasFocus()) Reflect.apply(original, this, [options])
  }
}
