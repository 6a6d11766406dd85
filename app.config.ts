export default defineAppConfig({
  ui: {
    colors: { primary: 'petrol', neutral: 'ink', success: 'emerald', warning: 'amber', error: 'red', info: 'sky' },
    // Smaller than the library's default: administrators read tables.
    button: { defaultVariants: { size: 'sm' } },
    input: { defaultVariants: { size: 'sm' } },
    tooltip: { slots: { content: 'h-auto max-w-80 py-1.5 whitespace-normal', text: 'whitespace-pre-line' } },
    // Darker than the library's default, which makes the page too pale. Set through a modal variant, which overrides
    // the slots.
    modal: { variants: { overlay: { true: { overlay: 'bg-ink-950/45' } } } },
    slideover: { slots: { overlay: 'bg-ink-950/45' } },
    chatMessage: {
      slots: {
        content: 'text-wrap',
        actions: 'focus-within:opacity-100 gap-0.5',
      },
      variants: {
        compact: { false: { container: 'gap-0 pb-0', content: 'space-y-3' } },
        actions: { true: '' },
      },
    },
  },
})
