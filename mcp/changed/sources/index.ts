/** All sources of changes. */
import type { Source } from '../types'
import { controllerRevisions } from './controller-revisions'
import { events } from './events'
import { fields } from './fields'
import { images } from './images'
import { nodes } from './nodes'
import { objects } from './objects'
import { releases } from './releases'
import { replicaSets } from './replica-sets'
import { scaling } from './scaling'

export const sources: readonly Source[] = [
  ...[replicaSets, controllerRevisions, releases, scaling, fields],
  ...[objects, events, images, nodes],
]
