package io.gatehouse.model.snapshot;

/** The names under which control plane and nodes meet in the cluster. */
public final class ClusterNames {

  /** Map of snapshot key to {@link SnapshotCodec} bytes. */
  public static final String SNAPSHOTS = "snapshots";

  /**
   * Map of {@link Acknowledgement#mapKey()} to {@link Acknowledgement#toJson()}; entries outlive no
   * node by more than a day.
   */
  public static final String ACKNOWLEDGEMENTS = "acknowledgements";

  /**
   * Map of {@code node/account} to what the node sees of the backends that it calls for the
   * account: a JSON array of objects with {@code backend}, {@code link}, {@code address}, {@code
   * state}, {@code since}, {@code failures} and {@code lastFailure}.
   */
  public static final String BACKENDS = "gatehouse-backends";

  /**
   * Map of a node's name to how its log sinks fare: a JSON array of objects with {@code sink},
   * {@code sent}, {@code dropped}, {@code waiting}, {@code waitingBytes}, {@code failing}, {@code
   * lastFailure} and {@code lastFailureAt}.
   */
  public static final String SINKS = "gatehouse-sinks";

  /** Map of a bucket's key to what its owner keeps of it. */
  public static final String BUCKETS = "gatehouse-buckets";

  /** Map of a quota's key to what its owner keeps of it. */
  public static final String QUOTAS = "gatehouse-quotas";

  /** Map of a mark for each partition, which is there as long as nothing on it was lost. */
  public static final String KNOWN_PARTITIONS = "gatehouse-known-partitions";

  /** Map of the ids of members that were stopped in order, for those that stay. */
  public static final String LEAVING = "gatehouse-leaving";

  /** Topic of members that say that they are there. */
  public static final String ALIVE = "gatehouse-alive";

  /** Executor of invocations on nodes; in a member's user context, the functions it hosts. */
  public static final String FUNCTIONS = "functions";

  /** Executor of asks for what nodes have spooled; in a member's user context, its spools. */
  public static final String SPOOLS = "spools";

  /** Executor of asks for what nodes remember of a request; in a member's user context, that. */
  public static final String STORIES = "stories";

  /** Kind of the spool of requests that were logged. */
  public static final String LOG_SPOOL = "logs";

  /** Kind of the spool of what was counted, minute by minute. */
  public static final String METRIC_SPOOL = "metrics";

  /** Maps of kept answers, one for each account, whose number follows. */
  public static final String RESPONSES = "responses/";

  /** Topic of kept answers that are no more, and executor of purges. */
  public static final String PURGES = "response-purges";

  /** Map of accounts and spaces to {@link LeakReport#toJson()}: whose answers are kept no more. */
  public static final String LEAKS = "response-leaks";

  /** Member attribute: the node's name. */
  public static final String NODE_NAME = "gatehouse.node";

  /** Member attribute: where the node's front door listens, {@code host:port}. */
  public static final String NODE_ADDRESS = "gatehouse.address";

  private ClusterNames() {}
}
