/** Global setup of the live suite: reports the cluster, or that there is none. */
export default function announce(): void {
  const kubeconfig = process.env.TEST_KUBECONFIG
  console.log(
    kubeconfig
      ? `Live tests run on the cluster of ${kubeconfig}.`
      : 'Live tests are skipped: TEST_KUBECONFIG names no cluster. Set it to the kubeconfig of a cluster for tests.',
  )
}
