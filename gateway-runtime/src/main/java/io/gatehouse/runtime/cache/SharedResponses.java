package io.gatehouse.runtime.cache;

import io.gatehouse.model.snapshot.LeakReport;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The part of the cache that all nodes share. Nothing here waits: what is asked for comes later, on
 * any thread, or never.
 */
public interface SharedResponses {

  /** Of a node that shares nothing. */
  SharedResponses NONE =
      new SharedResponses() {
        @Override
        public boolean isShared() {
          return false;
        }

        @Override
        public void get(Address address, Consumer<byte[]> found) {
          found.accept(null);
        }

        @Override
        public void put(Address address, Shared answer) {}

        @Override
        public void removed(Address address) {}

        @Override
        public void stop(LeakReport report) {}
      };

  /**
   * Where an answer lies.
   *
   * @param space that its key begins with
   * @param rest of the key
   */
  record Address(String account, String apiId, String stageName, String space, String rest) {}

  /** Whether there is anybody to share with. */
  boolean isShared();

  /**
   * @param found gets the bytes, or null when there are none or nobody answers
   */
  void get(Address address, Consumer<byte[]> found);

  /**
   * An answer as it is shared.
   *
   * @param frame its bytes, which take some time to be made
   * @param createdMillis when the request came that it answers, in epoch milliseconds
   * @param ttlMillis for how long it is of use
   * @param replaces whether other nodes' copies are old, which they are told when it is there
   */
  record Shared(Supplier<byte[]> frame, long createdMillis, long ttlMillis, boolean replaces) {}

  /** Unless a newer one is there. */
  void put(Address address, Shared answer);

  /** It is no more, here and on other nodes. */
  void removed(Address address);

  /** A method's answers are to be shared no more, by any node. */
  void stop(LeakReport report);
}
