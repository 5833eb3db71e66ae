/**
 * gcoord 1.0.7 declares `export default` but hands Node `module.exports`; a bundler takes its ES module. Both give the object
 * itself as the default import, which the package's own declaration hides from `module: nodenext`. Only what we use is declared.
 */
declare module 'gcoord' {
  type Crs = 'WGS84' | 'GCJ02';
  const gcoord: {
    readonly WGS84: Crs;
    readonly GCJ02: Crs;
    /** Longitude and latitude in degrees; the input is not changed. */
    transform(position: [number, number], from: Crs, to: Crs): [number, number];
  };
  export default gcoord;
}
