package io.gatehouse.runtime.limit;

/**
 * What a quota's owner answers.
 *
 * @param leased what the node was granted since the period began
 * @param committed what all nodes hold or have used
 * @param used what all nodes have used
 * @param held whether something is left that this side of a split cluster may not give away
 */
public record QuotaAnswer(long leased, long committed, long used, boolean held) {}
