/** Puts HTML of our own renderers into the page: the only place that does, and it takes no other HTML. */
import { defineComponent, h, type PropType } from 'vue'
import type { SafeHtml } from '../../utils/markdown/safeHtml'

export default defineComponent({
  name: 'RenderedHtml',
  props: {
    html: { type: String as unknown as PropType<SafeHtml>, required: true },
    as: { type: String, default: 'div' },
  },
  setup: (props) => () => h(props.as, { innerHTML: props.html }),
})
