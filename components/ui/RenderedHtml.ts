/** Inserts HTML of our own renderers: the only place that sets HTML, and it accepts no other. */
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
