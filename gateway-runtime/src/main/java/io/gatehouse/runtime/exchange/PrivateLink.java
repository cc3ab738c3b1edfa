package io.gatehouse.runtime.exchange;

/** A VPC link through which a backend is reached: its targets take the place of the URI's host. */
public record PrivateLink(String account, String id) {}
