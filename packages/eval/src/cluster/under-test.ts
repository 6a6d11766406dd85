/** The cluster of the evaluation: that of TEST_KUBECONFIG, otherwise the demo's. */
import { startDemoCluster } from '@k8s-ai-assistant/demo-cluster'
import type { Need } from '../task/schema'
import { openObjects } from './objects'
import type { Objects } from './objects'

export interface ClusterUnderTest {
  kubeconfig: string
  objects: Objects
  has: ReadonlySet<Need>
  close: () => Promise<void>
}

/** @param kubeconfig path of a cluster for tests; its current context is used */
export async function openClusterUnderTest(kubeconfig: string | undefined): Promise<ClusterUnderTest> {
  if (!kubeconfig) {
    const demo = await startDemoCluster()
    const objects = await openObjects(demo.kubeconfigPath)
    const close = async () => {
      await objects.close()
      await demo.close()
    }
    return { kubeconfig: demo.kubeconfigPath, objects, has: new Set(), close }
  }
  const objects = await openObjects(kubeconfig)
  return { kubeconfig, objects, has: new Set(['cluster']), close: objects.close }
}
