package io.gatehouse.runtime.exchange;

/**
 * A stage's response cache.
 *
 * @param key of the stage among all of a node
 * @param bytes that the stage asks for: its cache cluster's size
 * @param showsHits whether answers tell in a header where they come from
 */
public record StageCaching(
    String key, String account, String apiId, String stageName, long bytes, boolean showsHits) {

  /** That tells it. */
  public static final String HEADER = "x-gatehouse-cache";
}
