package io.gatehouse.runtime.exchange;

/**
 * The VPC endpoint that a caller comes through, by the address it calls from.
 *
 * @param id as {@code vpce-0a1b}
 * @param vpcId as {@code vpc-1}; null where the operator names none
 */
public record VpcEndpoint(String id, String vpcId) {}
