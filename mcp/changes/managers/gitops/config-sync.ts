/** Config Sync of Google Kubernetes Engine: continuously corrects objects from Git. */
import { annotationOf } from '../marks'
import { markedManager } from '../marked'

export const configSync = markedManager({
  id: 'config-sync',
  find: (object) => (annotationOf(object, 'configmanagement.gke.io/managed') === 'enabled' ? 'Config Sync' : undefined),
  update: 'it will be reverted within seconds',
  delete: 'it will be created again within seconds',
  source: () => 'the Git source of Config Sync',
})
