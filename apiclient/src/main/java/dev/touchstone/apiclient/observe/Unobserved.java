package dev.touchstone.apiclient.observe;

/** Nobody looks. */
enum Unobserved implements CallObserver {
  INSTANCE
}
