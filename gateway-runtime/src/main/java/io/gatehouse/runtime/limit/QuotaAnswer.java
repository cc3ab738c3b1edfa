package io.gatehouse.runtime.limit;

/**
 * What a quota's owner answers.
 *
 * @param own what the owner has of the node, with what it grants now
 * @param committed what all nodes hold or have used
 * @param used what all nodes have used
 * @param held whether something is left that this side of a split cluster may not give away
 */
public record QuotaAnswer(NodeCount own, long committed, long used, boolean held) {}
