/** All kinds that the demo cluster serves, in the order of discovery. */
import { coreResources } from './kinds/core'
import { metricsResources } from './kinds/metrics'
import { platformResources } from './kinds/platform'
import { workloadResources } from './kinds/workloads'
import type { Resource } from './resource'

export const resources: Resource[] = [...coreResources, ...workloadResources, ...platformResources, ...metricsResources]
