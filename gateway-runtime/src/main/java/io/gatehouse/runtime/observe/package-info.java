/** Those who look at an exchange after its last byte has been written, each in its own try. */
package io.gatehouse.runtime.observe;
