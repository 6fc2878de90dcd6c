import { TEMPORAL_DATABASE, VISIBILITY_DATABASE } from './temporal-schema.ts';

export interface TemporalServerOptions {
  readonly dataDir: string;
  readonly postgresUrl: string;
  readonly port: number;
  /** First of the eight ports the services use among themselves. */
  readonly internalPort: number;
  readonly rehearsalNamespace: string;
}

/** Few shards: a district has thousands of open cases, not millions, and every shard polls. Fixed for a database's life. */
const HISTORY_SHARDS = 4;

/** The server's own configuration, as JSON (which YAML readers take). The password stays out of it. */
export function serverConfig(options: TemporalServerOptions, dynamicConfigFile: string): object {
  const { port, internalPort, postgresUrl } = options;
  const service = (grpcPort: number, membershipPort: number) => ({
    rpc: { grpcPort, membershipPort, bindOnLocalHost: true },
  });
  return {
    log: { stdout: true, level: 'warn' },
    persistence: {
      defaultStore: 'default',
      visibilityStore: 'visibility',
      numHistoryShards: HISTORY_SHARDS,
      datastores: {
        default: { sql: store(postgresUrl, TEMPORAL_DATABASE, 20) },
        visibility: { sql: store(postgresUrl, VISIBILITY_DATABASE, 10) },
      },
    },
    global: {
      membership: { maxJoinDuration: '30s', broadcastAddress: '127.0.0.1' },
      metrics: { prometheus: { listenAddress: `127.0.0.1:${internalPort + 7}`, timerType: 'histogram' } },
    },
    services: {
      frontend: service(port, internalPort),
      history: service(internalPort + 1, internalPort + 2),
      matching: service(internalPort + 3, internalPort + 4),
      worker: service(internalPort + 5, internalPort + 6),
    },
    clusterMetadata: {
      enableGlobalNamespace: false,
      failoverVersionIncrement: 10,
      masterClusterName: 'active',
      currentClusterName: 'active',
      clusterInformation: {
        active: {
          enabled: true,
          initialFailoverVersion: 1,
          rpcName: 'frontend',
          rpcAddress: `127.0.0.1:${port}`,
        },
      },
    },
    dcRedirectionPolicy: { policy: 'noop' },
    dynamicConfigClient: { filepath: dynamicConfigFile, pollInterval: '60s' },
  };
}

function store(postgresUrl: string, databaseName: string, maxConns: number): object {
  const { hostname, port, username, password } = new URL(postgresUrl);
  return {
    pluginName: 'postgres12_pgx',
    databaseName,
    connectAddr: `${hostname}:${port || '5432'}`,
    connectProtocol: 'tcp',
    user: decodeURIComponent(username),
    password: decodeURIComponent(password),
    maxConns,
    maxIdleConns: maxConns,
    maxConnLifetime: '1h',
  };
}

/** Settings the server reads at run time. Standalone activities are on by default in this version; they are named to keep them so. */
export function dynamicConfig({ rehearsalNamespace }: TemporalServerOptions): object {
  const everywhere = (value: unknown) => [{ value }];
  return {
    // Only rehearsal cases may be moved in time.
    'frontend.WorkflowTimeSkippingEnabled': [
      { value: true, constraints: { namespace: rehearsalNamespace } },
      { value: false },
    ],
    'activity.enableStandalone': everywhere(true),
    // A district has tens of task queues, not thousands: one partition each halves the long polls. And the rate of a
    // gateway holds only on a queue with one: the engine divides a queue's limit over its partitions.
    'matching.numTaskqueueReadPartitions': everywhere(1),
    'matching.numTaskqueueWritePartitions': everywhere(1),
  };
}
