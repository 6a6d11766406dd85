/** All checks. The order decides nothing: causes are found along the objects. */
import type { Check } from '../types'
import { apiService } from './cluster/api-service'
import { certificateExpiry } from './cluster/certificate-expiry'
import { namespace } from './cluster/namespace'
import { node } from './cluster/node'
import { webhook } from './cluster/webhook'
import { argoApplication } from './delivery/argo-application'
import { customResource } from './delivery/custom-resource'
import { fleet } from './delivery/fleet'
import { flux } from './delivery/flux'
import { helmRelease } from './delivery/helm-release'
import { gateway } from './network/gateway'
import { ingress } from './network/ingress'
import { loadBalancer } from './network/load-balancer'
import { networkPolicy } from './network/network-policy'
import { serviceEndpoints } from './network/service-endpoints'
import { servicePort } from './network/service-port'
import { unknownHost } from './network/unknown-host'
import { wrongPort } from './network/wrong-port'
import { containerCrash } from './pods/container-crash'
import { evicted } from './pods/evicted'
import { imagePull } from './pods/image-pull'
import { initWaiting } from './pods/init-waiting'
import { livenessProbe } from './pods/liveness-probe'
import { missingConfig } from './pods/missing-config'
import { nodeLost } from './pods/node-lost'
import { outOfMemory } from './pods/out-of-memory'
import { readinessProbe } from './pods/readiness-probe'
import { scheduling } from './pods/scheduling'
import { startError } from './pods/start-error'
import { stuckDeletion } from './pods/stuck-deletion'
import { volumeMount } from './pods/volume-mount'
import { claimPending } from './storage/claim-pending'
import { volume } from './storage/volume'
import { autoscaler } from './workloads/autoscaler'
import { cronJob } from './workloads/cron-job'
import { disruptionBudget } from './workloads/disruption-budget'
import { jobFailed } from './workloads/job-failed'
import { podsRefused } from './workloads/pods-refused'
import { workloadShort } from './workloads/workload-short'

export const checks: readonly Check[] = [
  ...[imagePull, missingConfig, startError, outOfMemory, livenessProbe, containerCrash, readinessProbe, initWaiting],
  ...[scheduling, volumeMount, evicted, nodeLost, stuckDeletion],
  ...[podsRefused, workloadShort, jobFailed, cronJob, autoscaler, disruptionBudget],
  ...[serviceEndpoints, servicePort, loadBalancer, ingress, gateway, unknownHost, wrongPort, networkPolicy],
  ...[claimPending, volume],
  ...[node, apiService, webhook, certificateExpiry, namespace],
  ...[helmRelease, argoApplication, flux, fleet, customResource],
]
