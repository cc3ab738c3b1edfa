/**
 * What the data plane does with whole exchanges, one file a case; see {@link
 * io.gatehouse.runtime.golden.ExchangeCase} for what is in a file.
 */
package io.gatehouse.runtime.golden;
