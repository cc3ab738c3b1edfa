package io.gatehouse.runtime.cluster;

import io.gatehouse.runtime.spool.Spool;
import java.util.Map;

/**
 * The spools of a node by the kind of their records, in the member's user context, where the
 * control plane's asks find them.
 */
public record Spools(Map<String, Spool> byKind) {

  /** Null where there is none. */
  Spool of(String kind) {
    return byKind.get(kind);
  }
}
