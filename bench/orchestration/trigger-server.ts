import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Client } from '@temporalio/client';

/** HTTP front of the benchmark: `POST /WORKFLOW/ID?width=N` starts a workflow and answers 202 once Temporal has it. */
export async function startTriggerServer(client: Client): Promise<{ url: string; server: Server }> {
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    const [, workflowType = '', workflowId = ''] = url.pathname.split('/');
    const width = url.searchParams.get('width');
    client.workflow
      .start(workflowType, {
        taskQueue: 'bench',
        workflowId,
        args: width === null ? [] : [Number(width)],
      })
      .then(
        () => response.writeHead(202).end(),
        (error: unknown) => response.writeHead(500).end(String(error)),
      );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, server };
}
