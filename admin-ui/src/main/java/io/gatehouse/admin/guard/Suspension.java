package io.gatehouse.admin.guard;

import java.time.Instant;

/**
 * That an operator has closed a tenant for a time.
 *
 * @param reason in the operator's words, which the tenant reads
 */
public record Suspension(Instant since, String reason) {}
