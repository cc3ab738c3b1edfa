package io.gatehouse.runtime.exchange;

/** What the caller is to get; the door adds framing only. */
public record Response(int status, HeaderList headers, Body body) {}
