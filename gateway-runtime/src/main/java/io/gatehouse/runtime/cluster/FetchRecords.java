package io.gatehouse.runtime.cluster;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceAware;
import io.gatehouse.model.snapshot.ClusterNames;
import io.gatehouse.runtime.spool.Spool;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** The control plane's ask for what a node has spooled, which travels to the node. */
public final class FetchRecords
    implements Callable<FetchRecords.Answer>, HazelcastInstanceAware, Serializable {

  private static final long serialVersionUID = 1;

  private final String kind;
  private final String spool;
  private final long stored;
  private final int mostBytes;
  private transient HazelcastInstance member;

  /**
   * @param spool whose number {@code stored} is; that of another spool counts for nothing
   */
  FetchRecords(String kind, String spool, long stored, int mostBytes) {
    this.kind = kind;
    this.spool = spool;
    this.stored = stored;
    this.mostBytes = mostBytes;
  }

  /**
   * What is next in the node's spool.
   *
   * @param spool empty where the node has none of the kind
   */
  public record Answer(String spool, long first, ArrayList<byte[]> records)
      implements Serializable {

    static final Answer NOTHING = new Answer("", 0, new ArrayList<>());
  }

  @Override
  public void setHazelcastInstance(HazelcastInstance instance) {
    this.member = instance;
  }

  @Override
  public Answer call() throws IOException {
    if (!(member.getUserContext().get(ClusterNames.SPOOLS) instanceof Spools spools)) {
      return Answer.NOTHING;
    }
    Spool of = spools.of(kind);
    if (of == null) {
      return Answer.NOTHING;
    }
    Spool.Batch batch = of.read(of.id().equals(spool) ? stored : 0, mostBytes);
    List<byte[]> records = batch.records();
    return new Answer(batch.spool(), batch.first(), new ArrayList<>(records));
  }
}
