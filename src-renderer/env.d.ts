// Lets TypeScript see single-file components and Vite's asset imports.
/// <reference types="vite/client" />
