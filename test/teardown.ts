/** After all integration tests: the server stops and its folder goes. A run that was killed is cleared by the next. */
export default async function teardown(): Promise<void> {
  const { followthroughTestServer: server } = globalThis as {
    followthroughTestServer?: { leave(): Promise<void> };
  };
  await server?.leave();
}
