/** Whether the page has room for more than a column: a dock has not. */
import { useMediaQuery } from '@vueuse/core'

export function useIsWide() {
  return useMediaQuery('(min-width: 40rem)')
}
