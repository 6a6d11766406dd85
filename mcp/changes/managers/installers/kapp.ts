/** Carvel kapp: an app of several objects. kapp-controller redeploys it periodically, kapp only on request. */
import { labelOf } from '../marks'
import { markedManager } from '../marked'

export const kapp = markedManager({
  id: 'kapp',
  find: (object) => (labelOf(object, 'kapp.k14s.io/app') === undefined ? undefined : 'a kapp app'),
  update: 'its next deployment overwrites it',
  delete: 'its next deployment creates it again',
  source: () => 'the configuration of the kapp app',
})
