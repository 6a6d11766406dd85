/** Carvel kapp: an app of several objects. kapp-controller redeploys it periodically, kapp only on request. */
import { msg } from '../../../../shared/messages/create'
import { labelOf } from '../marks'
import { markedManager } from '../marked'

export const kapp = markedManager({
  id: 'kapp',
  find: (object) => (labelOf(object, 'kapp.k14s.io/app') === undefined ? undefined : msg('manager-kapp')),
  source: () => msg('source-kapp'),
})
