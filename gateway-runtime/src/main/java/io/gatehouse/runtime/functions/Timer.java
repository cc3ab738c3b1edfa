package io.gatehouse.runtime.functions;

/** Runs something later. */
public interface Timer {
  void after(long millis, Runnable work);
}
