/** Config Sync of Google Kubernetes Engine: continuously corrects objects from Git. */
import { msg } from '../../../../shared/messages/create'
import { annotationOf } from '../marks'
import { markedManager } from '../marked'

export const configSync = markedManager({
  id: 'config-sync',
  find: (object) => (annotationOf(object, 'configmanagement.gke.io/managed') === 'enabled' ? 'Config Sync' : undefined),
  source: () => msg('source-git', { manager: 'Config Sync' }),
})
